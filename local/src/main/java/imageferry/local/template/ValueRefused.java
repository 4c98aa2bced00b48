package imageferry.local.template;

/** A value that was given for a parameter is not allowed, or there is no such parameter. */
public final class ValueRefused extends TemplateRefused {
    private static final long serialVersionUID = 1L;

    ValueRefused(String sentence) {
        super(sentence);
    }
}
