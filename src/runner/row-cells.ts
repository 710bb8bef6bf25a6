/** Measured numbers as cells: rounded as the columns say, absent where there is no value. */

import type { Meters } from '../block/block-device.ts';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import type { JobPlan } from '../job/plan.ts';
import type { Account } from '../measure/account.ts';
import type { Histogram } from '../measure/histogram.ts';
import type { Measurement } from '../measure/measurement.ts';
import { STEADY_DRIFT_PERCENT } from '../measure/series.ts';
import { SECOND_NS } from '../units/quantity.ts';
import type { Cells } from './rows.ts';

/** What any of the devices of a row meters; the rest is absent. */
export function deviceMeters(devices: readonly SimulatedDevice[]): Meters {
  return {
    pcie: devices.some(({ meters }) => meters.pcie),
    fabric: devices.some(({ meters }) => meters.fabric),
    media: devices.some(({ meters }) => meters.media),
  };
}

export function measuredCells(measurement: Measurement, fromNs: number, toNs: number): Cells {
  // Rates by the runtime that the row shows, so that a reader can work them out.
  const runtimeNs = round(toNs - fromNs);
  const perSecond = (amount: number): number | null =>
    runtimeNs > 0 ? round((amount * SECOND_NS) / runtimeNs) : null;
  return {
    ios: measurement.ios,
    bytes: measurement.bytes,
    runtime_ns: runtimeNs,
    iops: perSecond(measurement.ios),
    bandwidth_bytes_per_s: perSecond(measurement.bytes),
    ...latencyCells(measurement),
    ...intendedCells(measurement),
    short_ios: measurement.shortIos,
    error_ios: measurement.errorIos,
    steady: measurement.series.steady(toNs, STEADY_DRIFT_PERCENT),
  };
}

/** Of the clones of all `plans`; what these differ in is told of none. */
export function percentileCells(
  { slat, clat, lat }: Measurement,
  plans: readonly JobPlan[],
): Cells {
  const [first, ...others] = plans.map(({ percentiles }) => percentiles);
  const same = others.every((plan) => JSON.stringify(plan) === JSON.stringify(first));
  if (first === undefined || first === null || !same) return {};
  const told = (asked: boolean, of: Histogram): string | null =>
    !asked || of.count === 0
      ? null
      : first.list.map((percent) => `${percent}=${percentile(of, percent)}`).join(' ');
  return {
    slat_percentiles_ns: told(first.slat, slat),
    clat_percentiles_ns: told(first.clat, clat),
    lat_percentiles_ns: told(first.lat, lat),
  };
}

export function costCells(account: Account, meters: Meters): Cells {
  return {
    host_cpu_ns: round(account.hostCpuNs),
    pcie_tx_bytes: meters.pcie ? account.pcieTxBytes : null,
    pcie_rx_bytes: meters.pcie ? account.pcieRxBytes : null,
    fabric_tx_bytes: meters.fabric ? account.fabricTxBytes : null,
    fabric_rx_bytes: meters.fabric ? account.fabricRxBytes : null,
    media_read_bytes: meters.media ? account.mediaReadBytes : null,
    media_write_bytes: meters.media ? account.mediaWriteBytes : null,
    commands: account.commands,
    bios: account.bios,
    splits: account.splits,
    merges: account.merges,
  };
}

function latencyCells({ slat, clat, lat }: Measurement): Cells {
  if (lat.count === 0) return {};
  return {
    slat_mean_ns: slat.count === 0 ? null : tenth(slat.meanNs),
    clat_mean_ns: tenth(clat.meanNs),
    lat_min_ns: round(lat.minNs),
    lat_mean_ns: tenth(lat.meanNs),
    lat_stddev_ns: lat.count < 2 ? null : tenth(lat.stddevNs),
    lat_p50_ns: percentile(lat, 50),
    lat_p90_ns: percentile(lat, 90),
    lat_p95_ns: percentile(lat, 95),
    lat_p99_ns: percentile(lat, 99),
    lat_p99_9_ns: percentile(lat, 99.9),
    lat_p99_99_ns: percentile(lat, 99.99),
    lat_p99_999_ns: percentile(lat, 99.999),
    lat_max_ns: round(lat.maxNs),
  };
}

function intendedCells({ intended }: Measurement): Cells {
  if (intended.count === 0) return {};
  return {
    intended_lat_mean_ns: tenth(intended.meanNs),
    intended_lat_p50_ns: percentile(intended, 50),
    intended_lat_p99_ns: percentile(intended, 99),
    intended_lat_p99_9_ns: percentile(intended, 99.9),
    intended_lat_max_ns: round(intended.maxNs),
  };
}

function percentile(lat: Histogram, percent: number): number {
  return round(lat.percentileNs(percent));
}

function round(value: number): number {
  return Math.floor(value + 0.5);
}

/** To 0.1, half up. */
function tenth(value: number): number {
  return Math.floor(value * 10 + 0.5) / 10;
}
