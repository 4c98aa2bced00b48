package imageferry.local.template;

/** The refusal of a parameter's value, or of an unknown parameter. */
public final class ValueRefused extends TemplateRefused {
    ValueRefused(String sentence) {
        super(sentence);
    }
}
