/** JMH benchmarks of what a function computes itself: the plan of parts, and the way of an event through JSON. */
@NullMarked
package imageferry.bench.micro;

import org.jspecify.annotations.NullMarked;
