package imageferry.local.template;

/** The refusal of a parameter's value, or of an unknown parameter. */
public final class ValueRefused extends TemplateRefused {
    private static final long serialVersionUID = 1L;

    ValueRefused(String sentence) {
        super(sentence);
    }
}
