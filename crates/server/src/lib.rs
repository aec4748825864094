//! The HTTP face: routes, OpenAPI, problems, limits
