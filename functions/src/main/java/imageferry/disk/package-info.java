/**
 * What an uploaded disk is, told from a few of its bytes: its format, the size that a guest sees, and what could start it.
 * Every header may be damaged or made to deceive; none of them makes a reader fail, read much or allocate much.
 */
@NullMarked
package imageferry.disk;

import org.jspecify.annotations.NullMarked;
