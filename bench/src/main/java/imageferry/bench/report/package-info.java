/** Results of a run of the bench: rows, a table, a chart, and the goals checked against the rows. */
@NullMarked
package imageferry.bench.report;

import org.jspecify.annotations.NullMarked;
