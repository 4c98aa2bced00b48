/** LocalStack, a replacement of AWS by another project: one container, shared by every test class that needs it. */
@NullMarked
package imageferry.local.localstack;

import org.jspecify.annotations.NullMarked;
