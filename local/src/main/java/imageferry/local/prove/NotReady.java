package imageferry.local.prove;

/** A step needs the result of another one that did not succeed. The message is a sentence of the report. */
final class NotReady extends RuntimeException {
    NotReady(String sentence) {
        super(sentence);
    }
}
