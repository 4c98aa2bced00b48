package imageferry.local.template;

/** The refusal of a template or of a parameter's value. The message is one sentence with the reason. */
public class TemplateRefused extends RuntimeException {
    public TemplateRefused(String sentence) {
        super(sentence);
    }
}
