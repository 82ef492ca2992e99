const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22"><rect width="22" height="22" rx="5" fill="#0075ff"/><path d="M5 16V9m4 7V5m4 11v-5m4 5V7" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>'

/** The connector's picture in BI Builder; inside the request, so that nothing has to be fetched. */
export const biLogo = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`
