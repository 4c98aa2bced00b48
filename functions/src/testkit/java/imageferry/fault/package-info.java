/** What goes wrong between a use case and the ports it calls: crashes and failures, before a call or after it. */
@NullMarked
package imageferry.fault;

import org.jspecify.annotations.NullMarked;
