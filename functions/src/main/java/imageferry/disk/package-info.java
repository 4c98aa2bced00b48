/**
 * Recognition of uploaded disks from a few of their bytes: the format, the virtual size, and the firmware that could start
 * them. Every header may be damaged or made to deceive; none of them makes a reader fail, read much or allocate much.
 */
@NullMarked
package imageferry.disk;

import org.jspecify.annotations.NullMarked;
