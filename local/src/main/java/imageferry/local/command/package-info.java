/** The command line: {@code local}, {@code demo} and {@code checksum}. The only place that prints. */
@NullMarked
package imageferry.local.command;

import org.jspecify.annotations.NullMarked;
