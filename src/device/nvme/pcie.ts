/**
 * The PCIe link of a controller: full duplex, one resource each way. What the controller pulls from
 * host memory (entries, data to write, lists) takes the way to the device, what it pushes the way
 * to the host.
 *
 * Left out: packet headers (profiles give the bandwidth without them), the read request of a pull,
 * which is counted in the one latency, flow control, doorbell and MSI-X writes (4 B each).
 */

import { Resource } from '../../sim/resource.ts';
import type { Bytes, BytesPerNanosecond, Nanoseconds } from '../../units/quantity.ts';

export class Pcie {
  readonly toDevice = new Resource();
  readonly toHost = new Resource();
  private readonly latencyNs: Nanoseconds;
  private readonly nsPerByte: number;

  constructor(bytesPerNs: BytesPerNanosecond, latencyNs: Nanoseconds) {
    this.nsPerByte = 1 / bytesPerNs;
    this.latencyNs = latencyNs;
  }

  /** Pulls bytes from the host, from now on; returns when the last is in the controller. */
  pull(nowNs: Nanoseconds, bytes: Bytes): Nanoseconds {
    return this.toDevice.serve(nowNs, bytes * this.nsPerByte) + this.latencyNs;
  }

  /** Pushes bytes to the host, from now on; returns when the last is in host memory. */
  push(nowNs: Nanoseconds, bytes: Bytes): Nanoseconds {
    return this.toHost.serve(nowNs, bytes * this.nsPerByte) + this.latencyNs;
  }
}
