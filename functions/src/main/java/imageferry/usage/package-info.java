/**
 * Metering: bytes moved between regions and snapshots stored, per account.
 */
@NullMarked
package imageferry.usage;

import org.jspecify.annotations.NullMarked;
