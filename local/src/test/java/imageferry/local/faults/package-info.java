/** Every use case on a real DynamoDB engine, with a crash or another fault at each of its calls. */
@NullMarked
package imageferry.local.faults;

import org.jspecify.annotations.NullMarked;
