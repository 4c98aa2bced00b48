/**
 * Where requests come in and answers go out: JSON, callers, bodies and parameters that are checked before any rule is, and problems.
 */
@NullMarked
package imageferry.function.edge;

import org.jspecify.annotations.NullMarked;
