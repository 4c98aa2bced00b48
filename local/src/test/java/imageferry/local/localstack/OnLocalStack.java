package imageferry.local.localstack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Runs a test class on the one {@link LocalStack} that all share, which its methods and constructor may declare as a
 * parameter. Skipped, by name, where Docker is missing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(SharedLocalStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public @interface OnLocalStack {}
