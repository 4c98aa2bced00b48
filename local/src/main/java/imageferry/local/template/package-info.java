/**
 * Reads {@code template.yaml} the way CloudFormation and SAM would, for one local stack: parameters, intrinsic
 * functions and the handful of resource types that the project uses. Unknown elements that would change behaviour are
 * refused by name, so that a local run never differs silently from a deployed one.
 */
@NullMarked
package imageferry.local.template;

import org.jspecify.annotations.NullMarked;
