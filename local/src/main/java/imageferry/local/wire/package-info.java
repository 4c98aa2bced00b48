/**
 * Step Functions and EventBridge on loopback, for exactly the operations that the functions use, in the protocol that the
 * AWS SDK speaks. A call is checked by the role behind the key that signed it, as on AWS.
 */
@NullMarked
package imageferry.local.wire;

import org.jspecify.annotations.NullMarked;
