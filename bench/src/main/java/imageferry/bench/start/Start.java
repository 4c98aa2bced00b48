package imageferry.bench.start;

/**
 * Times of one start of a function, in milliseconds.
 *
 * @param init from the start of the process to the function's first request for an event
 * @param first from that event to its answer
 * @param second the same for one more event; a primed snapshot can come near this
 * @param processor the processor time of all threads until the first answer; it hardly depends on other load on the machine
 */
record Start(double init, double first, double second, double processor) {}
