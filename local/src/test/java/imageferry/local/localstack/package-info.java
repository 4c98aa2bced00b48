/** LocalStack, a stand-in for AWS that is not ours: one container, shared by every test class that needs it. */
@NullMarked
package imageferry.local.localstack;

import org.jspecify.annotations.NullMarked;
