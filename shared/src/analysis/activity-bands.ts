/** Lower ends of the bands by which deals are told apart: activities until the end, and hours until the first of them. */
export const countBands = [0, 1, 3, 6, 11] as const
export const responseBands = [0, 4, 24, 72, 168] as const
