export const folder: string;
export const main: string;
export function goldenJobs(): string[];
