package imageferry.local.machine;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * All that an execution touches outside of itself.
 *
 * @param timers go by the same clock
 * @param random for jitter and task tokens; used from many threads, so it must bear that
 */
public record Surroundings(FunctionInvoker functions, Clock clock, Timers timers, RandomGenerator random) {}
