/** The data folder's disk: whether it can be written, and files that stay whole when it cannot. */
@NullMarked
package imageferry.local.data;

import org.jspecify.annotations.NullMarked;
