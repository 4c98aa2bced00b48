/**
 * Requests and answers: JSON, callers, bodies and parameters that are checked before any rule, and problems.
 */
@NullMarked
package imageferry.function.edge;

import org.jspecify.annotations.NullMarked;
