/** Faults between a use case and its ports: crashes and failures, before a call or after it. */
@NullMarked
package imageferry.fault;

import org.jspecify.annotations.NullMarked;
