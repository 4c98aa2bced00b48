/** Our runner of the state machine beside LocalStack's Step Functions: the same machines, and what each makes of them. */
@NullMarked
package imageferry.local.conformance;

import org.jspecify.annotations.NullMarked;
