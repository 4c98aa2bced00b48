package imageferry.local.conformance;

/**
 * An engine that runs state machines, with one function: {@link ScriptedFunction}, under its {@link #FUNCTION} name.
 */
interface Engine extends AutoCloseable {
    String FUNCTION = "scripted";

    CaseResult run(Case one) throws Exception;

    @Override
    void close();
}
