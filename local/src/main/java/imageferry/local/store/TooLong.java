package imageferry.local.store;

import java.io.IOException;

/** A body that exceeds the limit of its request. */
final class TooLong extends IOException {
    TooLong(long most) {
        super("A body of more than " + most + " bytes");
    }
}
