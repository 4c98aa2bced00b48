/**
 * Regions and their buckets. Every image lives in exactly one region; the home region keeps the records.
 */
@NullMarked
package imageferry.region;

import org.jspecify.annotations.NullMarked;
