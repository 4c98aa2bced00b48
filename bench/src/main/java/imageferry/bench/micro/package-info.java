/** JMH benchmarks of computations in a function: the plan of the parts, and the JSON of an event. */
@NullMarked
package imageferry.bench.micro;

import org.jspecify.annotations.NullMarked;
