// Particles in their box; filled where the store keeps configurations.
export function build() {}

export async function update() {}
