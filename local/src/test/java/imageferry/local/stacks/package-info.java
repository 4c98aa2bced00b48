/**
 * The script that makes and removes all stacks.
 */
@NullMarked
package imageferry.local.stacks;

import org.jspecify.annotations.NullMarked;
