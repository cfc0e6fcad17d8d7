// Lies beside widget.js, which asks it for its own address when it runs as a module.
export const own = import.meta.url;
