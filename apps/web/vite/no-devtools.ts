/** Stands in for the client that sends the state of forms to TanStack's developer tools. */
export class EventClient {
  on = () => () => {};
  emit = () => {};
}
