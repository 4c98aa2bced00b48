/** Compares our runner of the state machine with LocalStack's Step Functions: the same machines, and their results. */
@NullMarked
package imageferry.local.conformance;

import org.jspecify.annotations.NullMarked;
