package imageferry.bench.start;

/**
 * One start of a function, in milliseconds.
 *
 * @param init from the start of the process to the function's asking for its first event
 * @param first from that event to its answer
 * @param second the same of one more event: a snapshot that was primed with such an event can come near this
 * @param processor the processor time that all threads of the process took until the first answer: a function that has a
 *     share of a processor only waits for that, and it hardly depends on what else the machine does
 */
record Start(double init, double first, double second, double processor) {}
