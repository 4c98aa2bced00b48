/**
 * Lambda's event source mappings for a table stream: filters, batches, retries in order, partial batch failures and the
 * on-failure destination. Each mapping saves its position, so that a killed process misses nothing.
 */
@NullMarked
package imageferry.local.stream;

import org.jspecify.annotations.NullMarked;
