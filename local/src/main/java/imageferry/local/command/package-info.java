/** The command line: {@code local}, {@code demo} and {@code checksum}. It and {@code prove} are the only places that print. */
@NullMarked
package imageferry.local.command;

import org.jspecify.annotations.NullMarked;
