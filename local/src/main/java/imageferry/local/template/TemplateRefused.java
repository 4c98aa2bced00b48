package imageferry.local.template;

/** The template, or a value given for one of its parameters, cannot be run here; the message is one sentence that says why. */
public class TemplateRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateRefused(String sentence) {
        super(sentence);
    }
}
