const secret = /^(auth|auth_id|refresh_id|access_token|refresh_token|client_secret|application_token|event_token)$/i

/** A copy that may be shown in a log. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object' || depth > 8)
    return value
  if (Array.isArray(value))
    return value.map(entry => withoutSecrets(entry, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, entry]) =>
    [key, secret.test(key) && typeof entry === 'string' ? '***' : withoutSecrets(entry, depth + 1)]))
}
