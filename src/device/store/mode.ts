/** How a simulated device keeps its data (`data=`), see DESIGN §4. */
export const DATA_MODES = ['file', 'memory', 'tags', 'none'] as const;
export type DataMode = (typeof DATA_MODES)[number];
