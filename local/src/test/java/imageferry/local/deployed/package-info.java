/** The deployed system: the templates, the contract, the state machine and the zip, on LocalStack. */
@NullMarked
package imageferry.local.deployed;

import org.jspecify.annotations.NullMarked;
