/// Tests of plans and passes. Who may knock: the build.
package dev.merapi.compile;
