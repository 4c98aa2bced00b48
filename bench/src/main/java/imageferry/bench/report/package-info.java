/** What a run of the bench found: rows, a table, a chart, and which goals they reach. */
@NullMarked
package imageferry.bench.report;

import org.jspecify.annotations.NullMarked;
