/**
 * Lambda's event source mappings for a table stream: filters, batches, retries in order, partial batch failures and the
 * on-failure destination. Each mapping remembers how far it got, so that a killed process misses nothing.
 */
@NullMarked
package imageferry.local.stream;

import org.jspecify.annotations.NullMarked;
