export const folder: string;
export const shippedFolder: string;
export const baselineFolder: string;
export const main: string;
export function goldenJobs(): string[];
export function shippedVirtualJobs(): string[];
