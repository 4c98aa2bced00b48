/**
 * The whole service in virtual time. Use cases, workflow, change stream and sweeper run over ports in memory,
 * interleaved at every call of a port, with faults. Everything follows from one seed. See docs/simulation.md.
 */
@NullMarked
package imageferry.simulation;

import org.jspecify.annotations.NullMarked;
