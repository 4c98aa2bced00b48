/** Requests for copies, imports and retries: what is checked, refused and written when one is made, validated or cancelled. */
@NullMarked
package imageferry.copying.request;

import org.jspecify.annotations.NullMarked;
