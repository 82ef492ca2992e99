declare module 'autocannon' {
  interface Request { body?: string }
  interface Options {
    url: string
    duration: number
    method: string
    headers: Record<string, string>
    connections: number
    overallRate?: number
    requests: { setupRequest: (request: Request) => Request }[]
  }
  interface Result { requests: { average: number, total: number }, latency: { p99: number }, errors: number, non2xx: number }
  export default function autocannon(options: Options): Promise<Result>
}
