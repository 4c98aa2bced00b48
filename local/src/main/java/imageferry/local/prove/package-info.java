/** {@code ./stacks prove}: a throw-away installation that is deployed, used, checked and removed, with a report. */
@NullMarked
package imageferry.local.prove;

import org.jspecify.annotations.NullMarked;
